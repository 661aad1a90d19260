# Machine-made. Awaiting a native reader.
renamed-title = این‌ها نام تازه گرفته‌اند
renamed-now = نام کنونی:
renamed-still = فهرست شغل‌ها و مهارت‌ها تغییر کرده است. آنچه نوشته‌اید همچنان درست است. نام تازه را می‌خواهید؟ ویرایش کنید و آن را برگزینید.
