// What the editor shows for the block; the page gets what PHP renders.
((wp) => {
  const { createElement: h } = wp.element;
  const { __ } = wp.i18n;
  const { Placeholder, SelectControl, TextControl } = wp.components;

  const Edit = ({ attributes: { callee, callType }, setAttributes }) =>
    h(
      'div',
      wp.blockEditor.useBlockProps(),
      h(
        Placeholder,
        {
          icon: 'phone',
          label: __('Call', 'omni-call'),
          instructions: __('Visitors see a button here that calls you.', 'omni-call'),
        },
        h(TextControl, {
          label: __('Who is called', 'omni-call'),
          help: __('A user id. Empty: the one of the settings.', 'omni-call'),
          value: callee,
          onChange: (value) => setAttributes({ callee: value }),
        }),
        h(SelectControl, {
          label: __('Kind of call', 'omni-call'),
          value: callType,
          options: [
            { value: 'videocall', label: __('Video', 'omni-call') },
            { value: 'audiocall', label: __('Voice', 'omni-call') },
          ],
          onChange: (value) => setAttributes({ callType: value }),
        }),
      ),
    );

  wp.blocks.registerBlockType('omni-call/call', { edit: Edit, save: () => null });
})(window.wp);
