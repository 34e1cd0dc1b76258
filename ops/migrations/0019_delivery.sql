-- When parcels arrive, as their customers and channels were told: local days of the destination, both included. NULL: not known.
ALTER TABLE fulfillment ADD COLUMN deliver_from date, ADD COLUMN deliver_to date,
    ADD CONSTRAINT fulfillment_delivery CHECK ((deliver_from IS NULL) = (deliver_to IS NULL) AND deliver_from <= deliver_to);

-- What an event's line in the order's story needs beside its reference: why a parcel was taken back, the days of a delivery.
ALTER TABLE order_event ADD COLUMN detail text;
