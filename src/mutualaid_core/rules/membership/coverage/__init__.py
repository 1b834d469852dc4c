"""Coverage (覆盖指标): how many of those who could join have joined, and towards which aim."""
