using PushPruner.Benchmarks.Tables;
using PushPruner.Testing.Pushes;

namespace PushPruner.Benchmarks.Systems;

/// <summary>Does the same work again and again: once for the units, then for bytes and time, then for the time on a slow network.</summary>
sealed class Meter(MeteredRepository repository)
{
    const int NearTimes = 9;
    const int FarTimes = 3;

    /// <param name="prepareAsync">Sets up one repetition and gives what is measured of it.</param>
    /// <param name="isLong">True for what takes so long that once is enough.</param>
    /// <exception cref="InvalidOperationException">Two repetitions made different calls: then no number says anything.</exception>
    public async Task<SystemRow> MeasureAsync(
        string what, int images, int keepNewest, Func<Task<Func<Task<bool>>>> prepareAsync, bool isLong = false)
    {
        var counted = await OnceAsync(what, prepareAsync, TimeSpan.Zero, asksForUnits: true);
        var near = await RepeatAsync(isLong ? 1 : NearTimes, () => OnceAsync(what, prepareAsync, TimeSpan.Zero));
        var far = await RepeatAsync(isLong ? 1 : FarTimes, () => OnceAsync(what, prepareAsync, SystemBenchmark.Latency));
        foreach (var other in near.Concat(far))
        {
            if ((other.Ecr.ToString(), other.Table.ToString()) != (counted.Ecr.ToString(), counted.Table.ToString()))
                throw new InvalidOperationException($"{what} at {images} images took {other} after {counted}");
        }

        return new SystemRow(
            what,
            images,
            keepNewest,
            counted,
            near[^1],
            Figure.Median(near.Select(c => c.Time)),
            Figure.Median(far.Select(c => c.Time)));
    }

    async Task<Cost> OnceAsync(string what, Func<Task<Func<Task<bool>>>> prepareAsync, TimeSpan latency, bool asksForUnits = false)
    {
        var workAsync = await prepareAsync();
        repository.Latency = latency;
        var (isAsExpected, cost) = await repository.MeasureAsync(workAsync, asksForUnits);
        repository.Latency = TimeSpan.Zero;
        return isAsExpected ? cost : throw new InvalidOperationException($"{what} in {repository.Name} did not end as it should");
    }

    static async Task<List<T>> RepeatAsync<T>(int times, Func<Task<T>> workAsync)
    {
        var all = new List<T>();
        for (var n = 0; n < times; n++)
            all.Add(await workAsync());
        return all;
    }
}
