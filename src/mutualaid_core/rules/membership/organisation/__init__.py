"""The organisation tree (组织树).

``tree`` walks it, ``soundness`` judges it, ``pooling`` counts its pools, ``additions`` changes it.
"""
