"""JSON Schemas (数据结构定义) of files and records, made from the attrs classes themselves."""
