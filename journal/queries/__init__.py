"""What a page or an export needs: owner first, in a fixed number of queries."""
