/// Certificates and keys that are good for tests alone, valid for a hundred years.
enum Certificates {

  /// The certificate of a server at `localhost` and `127.0.0.1`, which signed itself.
  static let server = """
    -----BEGIN CERTIFICATE-----
    MIIBljCCATugAwIBAgIUPspY/2DFLJcd1UIOkrdLNfpSRkwwCgYIKoZIzj0EAwIw
    ETEPMA0GA1UEAwwGc2VydmVyMCAXDTI2MTEyMTE3MDAwM1oYDzIxMjYxMDI4MTcw
    MDAzWjARMQ8wDQYDVQQDDAZzZXJ2ZXIwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNC
    AAQv3tAvKDwHzd71GBI/cy6/JAxakMoeVKr+aAMj8NKrp+bOVa+K42tv84GFP1Rz
    lyJvabeglNKoWFYs5y2YP+w4o28wbTAdBgNVHQ4EFgQUjsOGCVilk0Y5TAAwdczr
    VSfbHjwwHwYDVR0jBBgwFoAUjsOGCVilk0Y5TAAwdczrVSfbHjwwDwYDVR0TAQH/
    BAUwAwEB/zAaBgNVHREEEzARgglsb2NhbGhvc3SHBH8AAAEwCgYIKoZIzj0EAwID
    SQAwRgIhAOAK85/GvVQnGkPgRzX4MaP0BdgYJgJUdVKI42/OVF99AiEA23Vo1kt7
    BM9bbWVAnBOinJiAD13PbaWRBOzdvumh8tM=
    -----END CERTIFICATE-----
    """

  /// The key of the server.
  static let serverKey = """
    -----BEGIN PRIVATE KEY-----
    MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgbl1OouTn0Jzm0sWe
    Y82zvwdrh0onW/GADEJuUtKwJHahRANCAAQv3tAvKDwHzd71GBI/cy6/JAxakMoe
    VKr+aAMj8NKrp+bOVa+K42tv84GFP1RzlyJvabeglNKoWFYs5y2YP+w4
    -----END PRIVATE KEY-----
    """

  /// Another certificate that signed itself, of `other.example`.
  static let other = """
    -----BEGIN CERTIFICATE-----
    MIIBkTCCATegAwIBAgIUVgHh12JGb+LVLqeFALWH2kvPDVIwCgYIKoZIzj0EAwIw
    EDEOMAwGA1UEAwwFb3RoZXIwIBcNMjYxMTIxMTcwMDA0WhgPMjEyNjEwMjgxNzAw
    MDRaMBAxDjAMBgNVBAMMBW90aGVyMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE
    /BTivOMbSCiaAvrEqtRIlRzRLaiSA/19N0gFbpCWD1WEULYsCh2WjMC+sJtC4ven
    yXb4+cn9mmFf+GdrcL5FWKNtMGswHQYDVR0OBBYEFGH0iBHXNslvS0swUET5jRLm
    NpgoMB8GA1UdIwQYMBaAFGH0iBHXNslvS0swUET5jRLmNpgoMA8GA1UdEwEB/wQF
    MAMBAf8wGAYDVR0RBBEwD4INb3RoZXIuZXhhbXBsZTAKBggqhkjOPQQDAgNIADBF
    AiAVKDoAfurqSGWGYxNVbTWGNBcyEJ1YStznKHej3uKnvQIhANG58EstAMvkE8jN
    2AMtPX9CKVb9WfmJ0T9FcmARK6Hb
    -----END CERTIFICATE-----
    """

  /// The key of the other one.
  static let otherKey = """
    -----BEGIN PRIVATE KEY-----
    MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg1HB+VVeeHsH1a5NL
    hGc3BRSb8q47+NKBm1S6bjtUXXGhRANCAAT8FOK84xtIKJoC+sSq1EiVHNEtqJID
    /X03SAVukJYPVYRQtiwKHZaMwL6wm0Li96fJdvj5yf2aYV/4Z2twvkVY
    -----END PRIVATE KEY-----
    """

  /// The certificate of the authority that signs those of clients.
  static let authority = """
    -----BEGIN CERTIFICATE-----
    MIIBgDCCASWgAwIBAgIUPZG7qR329i1jugXALmnyrW4oBIowCgYIKoZIzj0EAwIw
    FDESMBAGA1UEAwwJYXV0aG9yaXR5MCAXDTI2MTEyMTE3MDAwNFoYDzIxMjYxMDI4
    MTcwMDA0WjAUMRIwEAYDVQQDDAlhdXRob3JpdHkwWTATBgcqhkjOPQIBBggqhkjO
    PQMBBwNCAASdgkN4/NhrD6KqLnCfkBYy2AAiz6cXZ3mZvANusV4aLR0WC4kVhDVs
    4n0X3wXZEGy3Zr9zpzUknerhtMPRt6u/o1MwUTAdBgNVHQ4EFgQUZ8r83RPAmF++
    YiHqOB4pUZhNtaIwHwYDVR0jBBgwFoAUZ8r83RPAmF++YiHqOB4pUZhNtaIwDwYD
    VR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNJADBGAiEA59hs7zub4veCZCFP4sdW
    N4uup/aZR3R681zW3XaxWkQCIQDxPijE2mfyCb3gNGav2hl+Lpk9j5i0tZCBBG6s
    gFBugg==
    -----END CERTIFICATE-----
    """

  /// The certificate of `alice.example`, `10.0.0.1`, `alice@example.org` and `spiffe://example/alice`.
  static let client = """
    -----BEGIN CERTIFICATE-----
    MIIBzTCCAXOgAwIBAgIUZSED5l5+nome8F8xdPU/9Fzp1rowCgYIKoZIzj0EAwIw
    FDESMBAGA1UEAwwJYXV0aG9yaXR5MCAXDTI2MTEyMTE3MDAwNFoYDzIxMjYxMDI4
    MTcwMDA0WjARMQ8wDQYDVQQDDAZjbGllbnQwWTATBgcqhkjOPQIBBggqhkjOPQMB
    BwNCAAQS7kCmadY9TBjcM5y8fOdUnko41RZOoseNORSNikSIe33GkiF5Wa3Pl4In
    oCzXn6VZj9vkS54uVDp73lGUAcDeo4GjMIGgMEkGA1UdEQRCMECCDWFsaWNlLmV4
    YW1wbGWHBAoAAAGBEWFsaWNlQGV4YW1wbGUub3JnhhZzcGlmZmU6Ly9leGFtcGxl
    L2FsaWNlMBMGA1UdJQQMMAoGCCsGAQUFBwMCMB0GA1UdDgQWBBSUcTeWOomhTBYZ
    CrtXVilKb+6zKzAfBgNVHSMEGDAWgBRnyvzdE8CYX75iIeo4HilRmE21ojAKBggq
    hkjOPQQDAgNIADBFAiAmq1k4/asj8tHTv9vZ2lzfE6eXOQVnFQqoPHoqmSAVwgIh
    AJ58KdlH5APdnKh4Cfs77UP8CZg91SobKJFynzg+vLyj
    -----END CERTIFICATE-----
    """

  /// The key of the client.
  static let clientKey = """
    -----BEGIN PRIVATE KEY-----
    MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgxCQOuZLr3QmKkAeo
    jPui8n6w/Aj4duQG9XBn7pnsDemhRANCAAQS7kCmadY9TBjcM5y8fOdUnko41RZO
    oseNORSNikSIe33GkiF5Wa3Pl4InoCzXn6VZj9vkS54uVDp73lGUAcDe
    -----END PRIVATE KEY-----
    """

}
