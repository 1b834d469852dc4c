"""Schemes and their dated versions."""
