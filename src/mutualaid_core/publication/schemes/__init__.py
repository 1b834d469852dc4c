"""Schemes as texts (项目说明): in sentences, as differences, and as a template to fill in."""
