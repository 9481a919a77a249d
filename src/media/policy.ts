/** `featurePolicy` is Chromium's; the others tell a forbidden frame only by the refusal itself. */
interface PolicyDocument {
  featurePolicy?: { allowsFeature(feature: string): boolean };
}

/** Whether the site, by a header or by the frame around the page, keeps it from that. */
export const blockedByPolicy = (feature: string): boolean =>
  (document as PolicyDocument).featurePolicy?.allowsFeature(feature) === false;
