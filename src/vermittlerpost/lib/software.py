"""Where a firm's software finds its letters: the paths that programs in the field look for below a portal's address."""

TOKENS = "/bipro/410_STS/UserPasswordLogin_2.6.1.1.0"
SHIPMENTS = "/bipro/430_Transfer/Service_2.6.1.1.0"
