"""Selection (逆选择指标): whether those who join differ from the whole roster (SN-2.2.2b).

What comes out is a finding to talk about with the unit, and never a reason to refuse anybody.
"""
