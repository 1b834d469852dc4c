"""How a benefit is computed (补助计算): base, ordered typed steps, limits, rounding."""
