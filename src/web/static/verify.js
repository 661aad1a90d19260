// A photograph of a QR code is read in the browser where it can: then the picture never leaves it.
const photo = document.querySelector("input[data-qr]");
const text = document.getElementById("text");
const told = document.querySelector("[data-qr-told]");

if (photo && text && "BarcodeDetector" in globalThis) {
  photo.addEventListener("change", async () => {
    const [file] = photo.files;
    if (!file) return;
    try {
      const detector = new BarcodeDetector({ formats: ["qr_code"] });
      const [found] = await detector.detect(await createImageBitmap(file));
      if (!found) return;
      text.value = found.rawValue;
      photo.value = "";
      told.textContent = photo.dataset.qr;
      text.focus();
    } catch {
      // The server reads it then.
    }
  });
}
