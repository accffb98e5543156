"""The services of Minsheng (民生): each independent, joined by events on RabbitMQ alone."""
