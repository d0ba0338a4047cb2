// Small things that only the browser can do. An element is null when the reader has turned to another page meanwhile.

/** Sends a file as a form with progress, to `url`; reports through `page` (a .NET object): OnUploadProgress(fraction), then OnUploaded(status, text). */
export function upload(input, url, page) {
  const file = input.files[0];
  if (!file) {
    return false;
  }
  const body = new FormData();
  body.append('file', file, file.name);
  const request = new XMLHttpRequest();
  let told = 0;
  request.upload.onprogress = event => {
    const now = performance.now();
    if (event.lengthComputable && now - told > 150) {
      told = now;
      page.invokeMethodAsync('OnUploadProgress', event.loaded / event.total);
    }
  };
  request.onload = () => page.invokeMethodAsync('OnUploaded', request.status, request.responseText);
  request.onerror = () => page.invokeMethodAsync('OnUploaded', 0, '');
  request.open('POST', url);
  request.setRequestHeader('Accept', 'application/json');
  request.send(body);
  return true;
}

/** Name and size of the chosen file. */
export const chosenFile = input => input?.files[0] ? { name: input.files[0].name, bytes: input.files[0].size } : null;

/** Puts dropped files into a file field, as if they had been picked. */
export function acceptDrops(zone, input) {
  if (!zone || !input) {
    return;
  }
  const mark = event => {
    event.preventDefault();
    zone.classList.toggle('is-over', event.type === 'dragover');
  };
  zone.addEventListener('dragover', mark);
  zone.addEventListener('dragleave', mark);
  zone.addEventListener('drop', event => {
    mark(event);
    if (event.dataTransfer.files.length > 0) {
      input.files = event.dataTransfer.files;
      input.dispatchEvent(new Event('change', { bubbles: true }));
    }
  });
}

/** Posts the chosen file and saves what comes back; gives back the server's words when it refuses. */
export async function exchangeFile(input, url, name) {
  const file = input.files[0];
  if (!file) {
    return { status: 0, text: '' };
  }
  const body = new FormData();
  body.append('file', file, file.name);
  try {
    const response = await fetch(url, { method: 'POST', body });
    if (!response.ok) {
      return { status: response.status, text: await response.text() };
    }
    save(name, await response.blob());
    return { status: response.status, text: '' };
  } catch {
    return { status: 0, text: '' };
  }
}

/** Saves what a stream of the server's holds as a file. */
export const saveStream = async (name, type, stream) => save(name, new Blob([await stream.arrayBuffer()], { type }));

function save(name, blob) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

export const copy = text => navigator.clipboard.writeText(text);

/** Keeps an element scrolled to its end while the reader has not scrolled up. */
export function follow(element) {
  if (element && (element.scrollHeight - element.scrollTop - element.clientHeight < 80 || element.dataset.followed !== 'true')) {
    element.scrollTop = element.scrollHeight;
    element.dataset.followed = 'true';
  }
}

/** Shows a page from its beginning, for readers and for the keyboard. */
export function begin(heading) {
  scrollTo({ top: 0, behavior: 'instant' });
  heading?.focus({ preventScroll: true });
}

export const remember = (key, text) => sessionStorage.setItem(key, text);
export const recall = key => sessionStorage.getItem(key);
export const forget = key => sessionStorage.removeItem(key);
