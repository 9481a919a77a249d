const { user, callServer, pushKey } = await (await fetch('/me')).json();

// A call that rings already, since its push message opened this page, rings here.
await import(`${callServer}/omni-call.js`);
const telephone = document.createElement('omni-incoming');
telephone.setAttribute('user-id', user);
telephone.setAttribute('server', callServer);
document.body.append(telephone);

// Browsers ask for permission only after a click.
document.querySelector('#reach').addEventListener('click', async () => {
  const state = document.querySelector('#state');
  try {
    await navigator.serviceWorker.register('/service-worker.js');
    const { pushManager } = await navigator.serviceWorker.ready;
    const subscription = await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: pushKey });
    const { ok } = await fetch('/push-subscriptions', { method: 'POST', body: JSON.stringify(subscription) });
    state.textContent = ok ? 'You can close this page.' : 'That was not possible. Are you signed in?';
  } catch (error) {
    state.textContent = error.message;
  }
});
