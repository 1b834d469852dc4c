"""Published schemes (已公布的项目) as data: one YAML file per scheme, each figure with its source.

The figures are dated and none is claimed to be in force today; what a source leaves open is
decided in the file under a document of grade ``made_up``. The page ``shipped-schemes`` of the
documentation lists them with their readings.
"""
