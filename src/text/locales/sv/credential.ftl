kind-credential = Ett bevis från en utfärdare
field-credential-name = Vad heter det?
