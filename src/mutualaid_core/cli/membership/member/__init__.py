"""``mutualaid member`` and ``mutualaid unit`` (会员与单位查询): what stands in a store, nothing written."""
