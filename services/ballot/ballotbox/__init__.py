"""The ballot box (票箱): what holds the CPU in an electronic vote, in processes of its own."""
