namespace PushPruner.Tests.Model;

/// <summary>The tags that one image bears.</summary>
[Flags]
enum Tags : byte
{
    None = 0,
    Version = 1,
    Extra = 2,
    Protecting = 4,
}

static class TagSets
{
    public static readonly Tags[] Each = [Tags.Version, Tags.Extra, Tags.Protecting];

    public static bool Has(this Tags tags, Tags any) => (tags & any) != Tags.None;
}
