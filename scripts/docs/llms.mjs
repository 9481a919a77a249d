// llms.txt: what a language model needs to know first, and where the rest is, as https://llmstxt.org has it.

/** The first sentence of words after the title, without its markup. */
const gist = (markdown) => {
  const paragraphs = markdown.split(/\n{2,}/).map((text) => text.trim());
  const words = paragraphs.find((text) => /^[A-Z0-9“`*]/.test(text) && !text.startsWith('```')) ?? '';
  const plain = words.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/\*\*[^*]*\*\*/g, '');
  return plain
    .replace(/\s+/g, ' ')
    .trim()
    .split(/(?<=\.) /)[0];
};

export function llmsText(sections, head) {
  const line = ({ title, out, markdown }) => `- [${title}](${out}): ${gist(markdown)}`;
  const lists = sections.map(({ title, pages }) => `## ${title}\n\n${pages.map(line).join('\n')}\n`);
  return `${head.trim()}\n\n${lists.join('\n')}`;
}
