// llms.txt: what a language model needs to know first, and where the rest is, as https://llmstxt.org has it.

/** The first paragraph of words after the title, without its markup. */
const gist = (markdown) => {
  const paragraphs = markdown.replace(/^---[^]*?---\n/, '').split(/\n{2,}/);
  const words = paragraphs.find((text) => /^[A-Z“`]/i.test(text.trim()) && !text.includes('```')) ?? '';
  const [sentence = ''] = words
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/\s+/g, ' ')
    .split(/(?<=[.:]) /);
  return sentence.replace(/:$/, '.');
};

export function llmsText(sections, head) {
  const line = ({ title, out, markdown }) => `- [${title}](${out}): ${gist(markdown)}`;
  const lists = sections.map(({ title, pages }) => `## ${title}\n\n${pages.map(line).join('\n')}\n`);
  return `${head.trim()}\n\n${lists.join('\n')}`;
}
