"""Claims-and-fund engine for the mutual-aid schemes (职工互助保障) of Chinese trade unions."""
