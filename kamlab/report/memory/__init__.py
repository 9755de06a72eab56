"""What a report says will happen, and the next report's word on whether it did."""
