"""Acts (业务操作) of a world beside the plain year: who moves, and who leaves."""
