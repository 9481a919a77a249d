// The token is a property: it stands neither in the document nor in an address.
const place = document.getElementById('omni-call-answering');
const tag = document.createElement('omni-incoming');
tag.token = () => wp.apiFetch({ path: '/omni-call/v1/token', method: 'POST' }).then(({ token }) => token);
tag.server = place.dataset.server;
tag.setAttribute('notify', '');
place.append(tag);
