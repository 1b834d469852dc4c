"""Sentences on schemes (项目语句) in both languages."""
