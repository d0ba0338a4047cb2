// Light or dark: the reader's choice (a cookie, so that the server knows it too), else the system's. Runs before the first paint.
(() => {
  const root = document.documentElement;
  const system = matchMedia('(prefers-color-scheme: dark)');
  const chosen = () => document.cookie.match(/(?:^|; )mtl-theme=(light|dark)/)?.[1];
  const current = () => chosen() ?? (system.matches ? 'dark' : 'light');

  const apply = () => {
    const theme = current();
    root.dataset.theme = theme;
    for (const link of document.querySelectorAll('link[data-for-theme]')) {
      link.media = link.dataset.forTheme === theme ? 'all' : 'not all';
    }
    document.dispatchEvent(new CustomEvent('mtl-theme', { detail: theme }));
  };

  apply();
  system.addEventListener('change', apply);
  document.addEventListener('click', event => {
    if (event.target.closest?.('[data-theme-toggle]')) {
      document.cookie = `mtl-theme=${current() === 'dark' ? 'light' : 'dark'}; path=/; max-age=31536000; samesite=lax`;
      apply();
    }
    if (event.target.closest?.('[data-reload]')) {
      location.reload();
    }
  });

  // A server that came back knows nothing of this page's circuit: what the page shows is in its address, so load it again.
  addEventListener('DOMContentLoaded', () => {
    const notice = document.getElementById('components-reconnect-modal');
    new MutationObserver(() => {
      if (notice.classList.contains('components-reconnect-rejected')) {
        location.reload();
      }
    }).observe(notice, { attributes: true, attributeFilter: ['class'] });
  });
})();
