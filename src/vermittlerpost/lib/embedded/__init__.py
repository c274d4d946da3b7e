"""A Django database engine that brings its own PostgreSQL: started at the first connection, found again by the next."""
