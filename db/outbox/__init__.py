"""What leaves the house: posted with the fact, sent by the tick, or handed to the office."""
