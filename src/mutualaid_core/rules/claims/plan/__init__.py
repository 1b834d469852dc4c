"""The plan (计算方案): a scheme version compiled to whole numbers, once for many claims."""
