/** How an issuer writes its tokens, as its documentation says: a prefix that nothing else has, and a body. */
export interface TokenFormat {
  /** For messages: `GitHub token`. */
  readonly name: string;
  /**
   * A regular expression without anchors and groups that capture. Every repetition is bounded, and what follows a repetition is none of its
   * characters or its end: matching looks at no character more than a bounded number of times.
   */
  readonly pattern: string;
}

/**
 * Few and certain. Formats without a prefix of their own (hexadecimal keys, UUIDs) are left out: telling them from
 * other text is guessing. JSON web tokens too: examples of them stand in every documentation.
 */
export const TOKEN_FORMATS: readonly TokenFormat[] = [
  // Our own: 192 bits and a checksum.
  { name: 'Slipway token', pattern: 'slw_[A-Za-z0-9_-]{38}' },
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids
  { name: 'AWS access key', pattern: '(?:AKIA|ASIA)[A-Z2-7]{16}' },
  // https://github.blog/engineering/platform-security/behind-githubs-new-authentication-token-formats/
  { name: 'GitHub token', pattern: 'gh[oprsu]_[A-Za-z0-9]{36,255}' },
  { name: 'GitHub token', pattern: 'github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59}' },
  // https://docs.gitlab.com/security/tokens/#token-prefixes
  { name: 'GitLab token', pattern: 'gl(?:pat|oas|dt|rt|rtr|cbt|ptt|ft|imt|agent|soat|ffct)-[A-Za-z0-9_-]{20,300}' },
  // https://docs.slack.dev/authentication/tokens
  { name: 'Slack token', pattern: 'xox[abeoprs]-[0-9]{1,14}-[A-Za-z0-9-]{16,250}' },
  { name: 'Slack token', pattern: 'xapp-[0-9]-[A-Z0-9]{8,20}-[0-9]{8,20}-[a-f0-9]{32,128}' },
  // https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks: whoever knows the URL can write
  {
    name: 'Slack webhook',
    pattern: 'https://hooks\\.slack\\.com/services/T[A-Z0-9]{8,14}/B[A-Z0-9]{8,14}/[A-Za-z0-9]{20,40}',
  },
  // https://platform.openai.com/docs/api-reference/authentication
  { name: 'OpenAI key', pattern: 'sk-(?:proj|svcacct|admin)-[A-Za-z0-9_-]{58,74}T3BlbkFJ[A-Za-z0-9_-]{58,74}' },
  { name: 'OpenAI key', pattern: 'sk-[A-Za-z0-9]{20}T3BlbkFJ[A-Za-z0-9]{20}' },
  // https://platform.claude.com/docs/en/api/overview#authentication
  { name: 'Anthropic key', pattern: 'sk-ant-(?:api|admin|oat|ort)[0-9]{2}-[A-Za-z0-9_-]{80,128}' },
  // https://cloud.google.com/docs/authentication/api-keys and https://developers.google.com/identity/protocols/oauth2
  { name: 'Google API key', pattern: 'AIza[A-Za-z0-9_-]{35}' },
  { name: 'Google client secret', pattern: 'GOCSPX-[A-Za-z0-9_-]{28}' },
  // https://huggingface.co/docs/hub/security-tokens
  { name: 'Hugging Face token', pattern: 'hf_[A-Za-z]{34}' },
  // https://docs.stripe.com/keys
  { name: 'Stripe key', pattern: '[rs]k_live_[A-Za-z0-9]{24,250}' },
  // https://docs.npmjs.com/about-access-tokens and https://pypi.org/help/#apitoken
  { name: 'npm token', pattern: 'npm_[A-Za-z0-9]{36}' },
  { name: 'PyPI token', pattern: 'pypi-AgEIcHlwaS5vcmc[A-Za-z0-9_-]{50,1000}' },
  // https://guides.rubygems.org/api-key-scopes/
  { name: 'RubyGems key', pattern: 'rubygems_[a-f0-9]{48}' },
  // https://docs.docker.com/security/access-tokens/
  { name: 'Docker Hub token', pattern: 'dckr_[op]at_[A-Za-z0-9_-]{27,32}' },
  // https://www.twilio.com/docs/sendgrid/ui/account-and-settings/api-keys
  { name: 'SendGrid key', pattern: 'SG\\.[A-Za-z0-9_-]{22}\\.[A-Za-z0-9_-]{43}' },
  // https://shopify.dev/docs/apps/build/authentication-authorization
  { name: 'Shopify token', pattern: 'shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}' },
  // https://docs.digitalocean.com/reference/api/create-personal-access-token/
  { name: 'DigitalOcean token', pattern: 'do[opr]_v1_[a-f0-9]{64}' },
  // https://docs.databricks.com/aws/en/dev-tools/auth/pat
  { name: 'Databricks token', pattern: 'dapi[a-f0-9]{32}' },
  // https://developer.hashicorp.com/vault/docs/concepts/tokens
  { name: 'Vault token', pattern: 'hv[bs]\\.[A-Za-z0-9_-]{90,300}' },
  // https://grafana.com/docs/grafana/latest/administration/service-accounts/
  { name: 'Grafana token', pattern: 'glsa_[A-Za-z0-9]{32}_[A-Fa-f0-9]{8}' },
  // https://linear.app/developers/graphql and https://learning.postman.com/docs/developer/postman-api/authentication/
  { name: 'Linear key', pattern: 'lin_api_[A-Za-z0-9]{40}' },
  { name: 'Postman key', pattern: 'PMAK-[a-f0-9]{24}-[a-f0-9]{34}' },
  // https://age-encryption.org/v1
  { name: 'age key', pattern: 'AGE-SECRET-KEY-1[AC-HJ-NP-Z02-9]{58}' },
];
