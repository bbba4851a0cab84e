namespace PushPruner.LocalAws.Tests;

/// <summary>A registry with a repository, a clock that stands still, and the events so far.</summary>
public abstract class RegistryTest
{
    protected const string App = "app";
    protected static readonly DateTimeOffset Start = new(2026, 11, 25, 10, 0, 0, 123, TimeSpan.Zero);
    protected static readonly LocalManifest One = ManifestFactory.Image("one", 1_000_000);
    protected static readonly LocalManifest Two = ManifestFactory.Image("two", 2_000_000);
    protected static readonly LocalManifest IndexOfBoth = ManifestFactory.ManifestList(One, Two);

    protected RegistryTest() => (Clock, Registry, Events) = Make(new());

    protected SettableClock Clock { get; private set; }

    protected LocalRegistry Registry { get; private set; }

    protected IList<RegistryEvent> Events { get; private set; }

    protected void Where(LocalRegistryOptions options) => (Clock, Registry, Events) = Make(options);

    protected PutImageAnswer Put(LocalManifest manifest, string? tag = null) => Registry.PutImage(manifest.Put(App, tag));

    protected void PutIndex(string? tag = null)
    {
        Put(One);
        Put(Two);
        Put(IndexOfBoth, tag);
    }

    protected BatchDeleteImageAnswer Delete(params IReadOnlyList<EcrImageId> ids) =>
        Registry.BatchDeleteImage(new() { RepositoryName = App, ImageIds = ids });

    protected IReadOnlyList<ImageDetail> Describe(params IReadOnlyList<EcrImageId> ids) =>
        Registry.DescribeImages(new() { RepositoryName = App, ImageIds = ids, Filter = ImageFilter.Any }).ImageDetails;

    protected ImageDetail Row(LocalManifest manifest) => Describe(EcrImageId.Digest(manifest.Digest)).ShouldHaveSingleItem();

    protected static EcrError Refused(Action call, string code)
    {
        var error = Should.Throw<EcrError>(call);
        error.Code.ShouldBe(code);
        return error;
    }

    static (SettableClock, LocalRegistry, IList<RegistryEvent>) Make(LocalRegistryOptions options)
    {
        var clock = new SettableClock(Start);
        var registry = new LocalRegistry(options, clock);
        registry.CreateRepository(App);
        var events = new List<RegistryEvent>();
        registry.Subscribe(events.Add);
        return (clock, registry, events);
    }
}
