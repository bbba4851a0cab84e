namespace PushPruner.Tests.Model;

/// <summary>Some of a model's three images, each newer than the one before.</summary>
[Flags]
enum Images : byte
{
    None = 0,
    First = 1,
    Second = 2,
    Third = 4,
    All = First | Second | Third,
}

static class ImageSets
{
    public static readonly Images[] Each = [Images.First, Images.Second, Images.Third];

    public static bool Has(this Images images, Images any) => (images & any) != Images.None;

    /// <summary>Those that some of these outrank, were one enough.</summary>
    public static Images Outranked(this Images images) =>
        images.Has(Images.Third) ? Images.First | Images.Second : images.Has(Images.Second) ? Images.First : Images.None;

    public static Images Newest(this Images images) =>
        images.Has(Images.Third) ? Images.Third : images.Has(Images.Second) ? Images.Second : images;

    public static Images Oldest(this Images images) => (Images)((byte)images & -(sbyte)images);

    public static int Count(this Images images) => System.Numerics.BitOperations.PopCount((uint)images);
}
