"""How it went in the demo: every act at its own moment, through the real actions."""
