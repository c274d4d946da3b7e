"""One registration without an application: its steps, deadlines, holds and end."""
