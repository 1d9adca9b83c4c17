"""資料の管理: the pages of DX staff (role `editor`), beside those of employees."""
