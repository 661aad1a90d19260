# Machine-made. Awaiting a native reader.
hit-same = الكلمات نفسها
hit-beginning = يبدأ هكذا
hit-words = فيه كلمات كتبتها
hit-spelling = يُكتب هكذا تقريباً
hit-other-name = يسمى أيضاً { $label }
hit-other-language = بلغة أخرى: { $label }
hit-crosswalk = لدى مكتب العمل (Arbetsförmedlingen): { $label }
hit-former = كان اسمه { $label }
hit-meaning = عمل مشابه
hit-in-language = { $how }. يظهر بلغة: { $language }.
