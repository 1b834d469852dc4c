"""The two evaluators (计算引擎) behind ``mutualaid calculate``, which give the same rows."""
