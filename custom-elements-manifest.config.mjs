const ofPages = ({ kind, description, privacy, static: isStatic, name }) =>
  kind === 'field' &&
  !!description &&
  privacy !== 'private' &&
  privacy !== 'protected' &&
  !isStatic &&
  !name.startsWith('#');

const isTag = (declaration) => declaration.customElement === true && !!declaration.tagName;

/** Leaves what pages use: the tags, their documented properties and their events. The rest is the elements' own business. */
const forPages = {
  name: 'for pages',
  packageLinkPhase({ customElementsManifest: manifest }) {
    // The analyzer keeps the order in which the file system happened to name them.
    manifest.modules.sort((one, other) => (one.path < other.path ? -1 : 1));
    for (const module of manifest.modules) {
      module.declarations = module.declarations.filter((each) => isTag(each) || module.path.endsWith('/events.js'));
      for (const declaration of module.declarations) {
        for (const each of [declaration.members, declaration.attributes, declaration.events].flat()) {
          delete each?.inheritedFrom;
        }
        // Their own base classes are not for pages.
        delete declaration.superclass;
        if (!isTag(declaration)) continue;
        declaration.members = declaration.members?.filter(ofPages);
        declaration.events = declaration.events?.filter(({ name }) => name?.startsWith('omni-'));
      }
      module.exports = module.exports?.filter((each) =>
        module.declarations.some(({ name }) => name === each.declaration?.name),
      );
    }
    const tags = manifest.modules.flatMap(({ path, declarations }) =>
      declarations.filter(isTag).map(({ tagName, name }) => ({ tagName, declaration: { name, module: path } })),
    );
    for (const module of manifest.modules) {
      if (!module.path.endsWith('/define.js')) continue;
      // It defines them in a loop of its own, which the analyzer cannot follow.
      module.exports = tags.map(({ tagName, declaration }) => ({
        kind: 'custom-element-definition',
        name: tagName,
        declaration,
      }));
    }
    manifest.modules = manifest.modules.filter(({ exports }) => exports.length > 0);
  },
};

export default {
  globs: ['src/elements/**/*.ts', 'src/events.ts', 'src/define.ts'],
  exclude: ['**/*.styles.ts'],
  outdir: '.',
  litelement: true,
  // package.json says by itself where it is.
  packagejson: false,
  plugins: [
    {
      name: 'where the built modules are',
      moduleLinkPhase({ moduleDoc }) {
        const built = (path) => path.replace(/^\/?src\//, 'dist/').replace(/\.ts$/, '.js');
        moduleDoc.path = built(moduleDoc.path);
        for (const { declaration } of moduleDoc.exports ?? []) {
          if (declaration?.module) declaration.module = built(declaration.module);
        }
      },
    },
    forPages,
  ],
};
