namespace PushPruner.LocalAws;

enum DistributionResource
{
    Uploads,
    Upload,
    Blob,
    Manifest,
    Tags,
    Referrers,
}
