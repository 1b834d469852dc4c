"""The working (计算过程): the steps of a computation, noted for the trace."""
