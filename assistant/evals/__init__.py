"""eval/ -> scores -> gate -> report: answer quality measured without a key."""
