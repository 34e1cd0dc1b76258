-- What the location took a day when a parcel was planned for this day last: the day was given no more, whatever the capacity is by now.
-- NULL: no parcel was planned for it since this is kept.
ALTER TABLE location_capacity ADD COLUMN per_day bigint CHECK (per_day >= 0);
