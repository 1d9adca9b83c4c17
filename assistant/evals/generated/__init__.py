"""Cases that any company's own documents make, without a model."""
