"""Scheme files (项目文件): how they are read, and how they are laid out."""
