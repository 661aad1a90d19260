# Machine-made. Awaiting a native reader.
role-issuer = مُقيِّم
