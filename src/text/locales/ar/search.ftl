# Machine-made. Awaiting a native reader.
hit-same = الكلمات نفسها
hit-words = فيه كلمات كتبتها
hit-spelling = كتابة مشابهة
hit-other-name = يسمى أيضاً { $label }
hit-other-language = بلغة أخرى: { $label }
hit-crosswalk = لدى مكتب العمل (Arbetsförmedlingen): { $label }
hit-former = كان اسمه { $label }
hit-meaning = عمل مشابه
hit-in-language = { $how }. يظهر بلغة: { $language }.
hit-shown-in = يظهر بلغة: { $language }
